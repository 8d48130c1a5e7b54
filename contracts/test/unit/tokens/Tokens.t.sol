// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {Fixture} from "../../Fixture.sol";

/// @dev AID, the dollar, and GAIB, the protocol's token.
contract TokensTest is Fixture {
    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

    function _permit(ERC20Permit token, uint256 amount) private {
        bytes32 words = keccak256(abi.encode(PERMIT, owner, lender, amount, token.nonces(owner), block.timestamp));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", token.DOMAIN_SEPARATOR(), words));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(ownerKey, digest);
        token.permit(owner, lender, amount, block.timestamp, v, r, s);
        assertEq(token.allowance(owner, lender), amount);
        assertEq(token.nonces(owner), 1);
    }

    /* AID */

    function test_onlyTheMinterMintsAid() public {
        vm.prank(lender);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, lender));
        aid.mint(lender, 1);
        _mint(lender, 5e18);
        assertEq(aid.totalSupply(), 5e18);
        assertEq(aid.symbol(), "AID");
        assertEq(aid.decimals(), 18);
    }

    function testFuzz_aidBurnsTheCallersOwn(uint128 minted, uint128 burned) public {
        _mint(lender, minted);
        vm.startPrank(lender);
        if (burned > minted) {
            vm.expectRevert(
                abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, lender, minted, burned)
            );
            aid.burn(burned);
            return;
        }
        aid.burn(burned);
        assertEq(aid.totalSupply(), uint256(minted) - burned);
        assertEq(aid.balanceOf(lender), uint256(minted) - burned);
    }

    function test_permitsBySignature() public {
        _permit(aid, 3e18);
        _permit(gaib, 4e18);
    }

    /* GAIB */

    function test_theWholeSupplyIsThereFromTheStart() public view {
        assertEq(gaib.totalSupply(), 1e27);
        assertEq(gaib.CAP(), 1e27);
        assertEq(gaib.symbol(), "GAIB");
        assertEq(gaib.decimals(), 18);
        assertEq(gaib.balanceOf(treasury), 1e27 - 4 * STAKE);
    }

    function test_burningEndsThem() public {
        vm.prank(treasury);
        gaib.burn(1e18);
        assertEq(gaib.totalSupply(), 1e27 - 1e18);
        vm.prank(treasury);
        gaib.approve(lender, 2e18);
        vm.prank(lender);
        gaib.burnFrom(treasury, 2e18);
        assertEq(gaib.totalSupply(), 1e27 - 3e18);
    }

    function test_votesAreCountedByTimestamp() public {
        assertEq(gaib.CLOCK_MODE(), "mode=timestamp");
        assertEq(gaib.clock(), block.timestamp);
        vm.startPrank(treasury);
        gaib.transfer(lender, 10e18);
        vm.stopPrank();
        assertEq(gaib.getVotes(lender), 0);
        vm.prank(lender);
        gaib.delegate(lender);
        assertEq(gaib.getVotes(lender), 10e18);
        uint256 before = block.timestamp;
        vm.warp(before + 100);
        vm.prank(lender);
        gaib.transfer(treasury, 4e18);
        assertEq(gaib.getVotes(lender), 6e18);
        assertEq(gaib.getPastVotes(lender, before), 10e18);
        assertEq(gaib.getPastVotes(lender, before - 1), 0);
    }
}
