// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {ICapacityIssuer} from "../../../src/interfaces/ICapacityIssuer.sol";
import {IERC7943Fungible} from "../../../src/interfaces/IERC7943Fungible.sol";
import {CapacityToken} from "../../../src/onramp/CapacityToken.sol";
import {Fixture} from "../../Fixture.sol";

/// @dev ERC-7943 on capacity: open unless governance switches the allow list on.
contract CapacityPermissionsTest is Fixture {
    CapacityToken internal token;
    uint256 internal deedId;
    address internal buyer = makeAddr("buyer");

    function setUp() public override {
        super.setUp();
        deedId = _deed("h200", 10);
        vm.prank(owner);
        issuer.issue(deedId, HOST_HOUR, 10, 10 hours);
        token = issuer.tokenOf(HOST_HOUR);
    }

    function test_interfaceId() public view {
        assertEq(type(IERC7943Fungible).interfaceId, bytes4(0x3edbb4c4));
        assertTrue(token.supportsInterface(0x3edbb4c4));
        assertTrue(token.supportsInterface(type(IERC165).interfaceId));
        assertFalse(token.supportsInterface(0xffffffff));
    }

    function test_openUntilTheListIsOn() public {
        assertTrue(token.canTransfer(owner, buyer, 1e18));
        vm.prank(owner);
        token.transfer(buyer, 1e18);
        vm.startPrank(admin);
        issuer.switchAllowList(HOST_HOUR, true);
        issuer.setAllowed(HOST_HOUR, owner, true);
        vm.stopPrank();
        assertFalse(token.canTransfer(owner, buyer, 1e18));
        vm.expectRevert(abi.encodeWithSelector(IERC7943Fungible.ERC7943CannotReceive.selector, buyer));
        vm.prank(owner);
        token.transfer(buyer, 1e18);
        vm.expectRevert(abi.encodeWithSelector(IERC7943Fungible.ERC7943CannotSend.selector, buyer));
        vm.prank(buyer);
        token.transfer(owner, 1e18);
        // Who is not on the list can still use what he has.
        vm.prank(buyer);
        issuer.redeem(deedId, HOST_HOUR, 1e18);
        vm.prank(admin);
        issuer.setAllowed(HOST_HOUR, buyer, true);
        vm.prank(owner);
        token.transfer(buyer, 1e18);
    }

    function test_nobodyOffTheListIsMintedTo() public {
        vm.prank(admin);
        issuer.switchAllowList(HOST_HOUR, true);
        uint256 other = _deed("h200-b", 1);
        vm.expectRevert(abi.encodeWithSelector(IERC7943Fungible.ERC7943CannotReceive.selector, owner));
        vm.prank(owner);
        issuer.issue(other, HOST_HOUR, 1, 1 hours);
    }

    function test_frozenPartStays() public {
        vm.prank(admin);
        issuer.setFrozenTokens(HOST_HOUR, owner, 95e18);
        assertEq(token.getFrozenTokens(owner), 95e18);
        assertFalse(token.canTransfer(owner, buyer, 6e18));
        bytes memory refused =
            abi.encodeWithSelector(IERC7943Fungible.ERC7943InsufficientUnfrozenBalance.selector, owner, 6e18, 5e18);
        vm.startPrank(owner);
        vm.expectRevert(refused);
        token.transfer(buyer, 6e18);
        vm.expectRevert(refused);
        issuer.redeem(deedId, HOST_HOUR, 6e18);
        token.transfer(buyer, 5e18);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, owner, 95e18, 96e18));
        token.transfer(buyer, 96e18);
        vm.stopPrank();
    }

    function test_frozenTokensLapseWithTheirTime() public {
        vm.prank(admin);
        issuer.setFrozenTokens(HOST_HOUR, owner, 100e18);
        vm.warp(block.timestamp + 4 hours);
        issuer.settle(deedId, HOST_HOUR);
        assertEq(token.balanceOf(owner), 60e18);
        assertEq(token.getFrozenTokens(owner), 60e18);
    }

    function test_forcedTransferTakesFrozenOnesLast() public {
        vm.startPrank(admin);
        issuer.setFrozenTokens(HOST_HOUR, owner, 60e18);
        issuer.forcedTransfer(HOST_HOUR, owner, buyer, 30e18);
        assertEq(token.getFrozenTokens(owner), 60e18);
        issuer.forcedTransfer(HOST_HOUR, owner, buyer, 30e18);
        assertEq(token.getFrozenTokens(owner), 40e18);
        assertEq(token.balanceOf(buyer), 60e18);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, owner, 40e18, 41e18));
        issuer.forcedTransfer(HOST_HOUR, owner, buyer, 41e18);
        issuer.switchAllowList(HOST_HOUR, true);
        vm.expectRevert(abi.encodeWithSelector(IERC7943Fungible.ERC7943CannotReceive.selector, buyer));
        issuer.forcedTransfer(HOST_HOUR, owner, buyer, 1e18);
        vm.stopPrank();
    }

    function test_onlyGovernanceThroughTheIssuer() public {
        vm.startPrank(owner);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, owner));
        issuer.setFrozenTokens(HOST_HOUR, buyer, 1);
        vm.expectRevert(abi.encodeWithSelector(CapacityToken.OnlyIssuer.selector, owner));
        token.setFrozenTokens(buyer, 1);
        vm.expectRevert(abi.encodeWithSelector(CapacityToken.OnlyIssuer.selector, owner));
        token.forcedTransfer(buyer, owner, 1);
        vm.expectRevert(abi.encodeWithSelector(CapacityToken.OnlyIssuer.selector, owner));
        token.switchAllowList(true);
        vm.expectRevert(abi.encodeWithSelector(CapacityToken.OnlyIssuer.selector, owner));
        token.setAllowed(owner, true);
        vm.expectRevert(abi.encodeWithSelector(CapacityToken.OnlyIssuer.selector, owner));
        token.lapse(owner, 1);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(ICapacityIssuer.UnknownClass.selector, bytes32("none")));
        vm.prank(admin);
        issuer.setAllowed("none", buyer, true);
    }
}
