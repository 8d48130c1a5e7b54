// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Test} from "forge-std/Test.sol";
import {CapacityToken} from "../../../src/onramp/CapacityToken.sol";

contract CapacityTokenTest is Test {
    CapacityToken private token;
    address private anna = makeAddr("anna");
    address private bert = makeAddr("bert");

    function setUp() public {
        token = new CapacityToken("H200-hour");
    }

    function test_onlyTheIssuerMakesAndTakes() public {
        token.mint(anna, 10e18);
        bytes memory refused = abi.encodeWithSelector(CapacityToken.OnlyIssuer.selector, anna);
        vm.startPrank(anna);
        vm.expectRevert(refused);
        token.mint(anna, 1);
        vm.expectRevert(refused);
        token.burn(anna, 1);
        vm.expectRevert(refused);
        token.writeDown(1);
        vm.stopPrank();
        token.burn(anna, 4e18);
        assertEq(token.balanceOf(anna), 6e18);
        assertEq(token.totalSupply(), 6e18);
    }

    function test_writeDownTakesFromAllInProportion() public {
        token.mint(anna, 30e18);
        token.mint(bert, 10e18);
        token.writeDown(10e18);
        assertEq(token.totalSupply(), 30e18);
        assertEq(token.balanceOf(anna), 22.5e18);
        assertEq(token.balanceOf(bert), 7.5e18);
        token.mint(bert, 10e18);
        assertApproxEqAbs(token.balanceOf(bert), 17.5e18, 1);
    }

    function test_transferNeedsTheBalance() public {
        token.mint(anna, 10e18);
        token.writeDown(5e18);
        vm.startPrank(anna);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, anna, 5e18, 5e18 + 1));
        token.transfer(bert, 5e18 + 1);
        token.transfer(bert, 5e18);
        vm.stopPrank();
        assertEq(token.balanceOf(anna), 0);
        assertApproxEqAbs(token.balanceOf(bert), 5e18, 1);
    }

    function test_allOfItGoneBeginsANewGeneration() public {
        token.mint(anna, 10e18);
        vm.expectEmit(address(token));
        emit CapacityToken.WrittenDown(11e18, 1e45, 1);
        token.writeDown(11e18);
        assertEq(token.totalSupply(), 0);
        assertEq(token.balanceOf(anna), 0);
        assertEq(token.generation(), 1);
        token.mint(bert, 3e18);
        assertEq(token.balanceOf(bert), 3e18);
        assertEq(token.balanceOf(anna), 0);
        token.writeDown(0);
        assertEq(token.totalSupply(), 3e18);
    }

    /// @dev Half of the class lapses unused every month for seven years: nobody's rest is wiped by the index running out.
    function test_yearsOfHalvesLeaveFreshCapacityAlone() public {
        token.mint(anna, 1_000e18);
        for (uint256 month; month < 84; ++month) {
            token.writeDown(token.totalSupply() / 2);
            token.mint(anna, 500e18);
        }
        assertEq(token.generation(), 0);
        assertApproxEqAbs(token.balanceOf(anna), 1_000e18, 1e6);
    }

    /// @dev Below the smallest index nothing is left that anybody could use.
    function test_theIndexRunsOutAfterThirtyOrdersOfMagnitude() public {
        token.mint(anna, 1e30);
        for (uint256 step; token.generation() == 0; ++step) {
            uint256 supply = token.totalSupply();
            assertLt(step, 11);
            token.writeDown(supply - supply / 1_000);
        }
        assertEq(token.totalSupply(), 0);
    }

    /// @dev Balances never add up to more than the supply, and no transfer makes anybody richer than it says.
    function testFuzz_sumOfBalancesIsWithinTheSupply(uint96 a, uint96 b, uint96 lost, uint96 moved) public {
        token.mint(anna, bound(a, 1, type(uint96).max));
        token.mint(bert, b);
        token.writeDown(bound(lost, 0, token.totalSupply() - 1));
        uint256 before = token.balanceOf(bert);
        uint256 amount = bound(moved, 0, token.balanceOf(anna));
        vm.prank(anna);
        token.transfer(bert, amount);
        assertLe(token.balanceOf(bert), before + amount);
        assertGe(token.balanceOf(bert) + 1, before + amount);
        assertLe(token.balanceOf(anna) + token.balanceOf(bert), token.totalSupply());
    }

    /// @dev The supply falls by at least what lapsed.
    function testFuzz_writeDownTakesAtLeastThat(uint96 supply, uint96 first, uint96 second) public {
        token.mint(anna, bound(supply, 2, type(uint96).max));
        uint256 before = token.totalSupply();
        uint256 lost = bound(first, 0, before);
        token.writeDown(lost);
        assertLe(token.totalSupply(), before - lost);
        before = token.totalSupply();
        lost = bound(second, 0, before);
        token.writeDown(lost);
        assertLe(token.totalSupply(), before - lost);
    }
}
